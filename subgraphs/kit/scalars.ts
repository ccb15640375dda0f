/** The scalars of the public API, named as there. Dates are calendar strings, times are `Date`. */

export {
  GraphQLDate,
  GraphQLDateTime,
  GraphQLEmailAddress,
  GraphQLIP,
  GraphQLPhoneNumber,
  GraphQLPort,
  GraphQLSafeInt,
  GraphQLURL,
} from "graphql-scalars";
export { GraphQLCountryCode } from "../../schema/country-code.js";
