/** The scalars of the public API, named as there. Dates are calendar strings, times are `Date`. */
export {
  GraphQLCountryCode,
  GraphQLDate,
  GraphQLDateTime,
  GraphQLEmailAddress,
  GraphQLIP,
  GraphQLPhoneNumber,
  GraphQLPort,
  GraphQLSafeInt,
  GraphQLURL,
} from "graphql-scalars";
