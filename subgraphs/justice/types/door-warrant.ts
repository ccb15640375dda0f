import { Field, ID, ObjectType } from "type-graphql";
import type { AuthorityKind, DataCategory, ProtectedRole, WarrantKind } from "../../../schema/law/vocabulary.js";
import { Inaccessible } from "../../kit/directives.js";
import { AuthorityKindEnum, DataCategoryEnum, ProtectedRoleEnum, WarrantKindEnum } from "../../kit/enums.js";
import { GraphQLCountryCode, GraphQLDateTime } from "../../kit/scalars.js";
import {
  type ItemStatus,
  ItemStatusEnum,
  type TargetKind,
  TargetKindEnum,
  type WarrantStatus,
  WarrantStatusEnum,
} from "../words.js";

/** A warrant as the gateway reads it at the door, and nobody else: without the case's content, without the necessity. */

@Inaccessible()
@ObjectType("DoorTarget")
export class DoorTarget {
  @Field(() => ID)
  id!: string;

  @Field(() => TargetKindEnum)
  kind!: TargetKind;

  @Field(() => String, { description: "As the warrant writes it." })
  value!: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  at!: Date | null;

  @Field(() => ID, { nullable: true })
  accountId!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  believedNationality!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  believedResidence!: string | null;

  @Field(() => GraphQLCountryCode, { nullable: true })
  believedLocatedIn!: string | null;

  @Field(() => ProtectedRoleEnum, { nullable: true })
  believedProtectedRole!: ProtectedRole | null;
}

@Inaccessible()
@ObjectType("DoorItem")
export class DoorItem {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  targetId!: string;

  @Field(() => DataCategoryEnum)
  category!: DataCategory;

  @Field(() => ItemStatusEnum, { description: "Holds left aside." })
  status!: ItemStatus;

  @Field(() => GraphQLDateTime, { nullable: true, description: "The end of the hold under which it was ordered." })
  heldUntil!: Date | null;

  @Field(() => Boolean, { description: "The enforcing authority cleared it: no hold is left." })
  cleared!: boolean;
}

@Inaccessible()
@ObjectType("DoorSignature")
export class DoorSignature {
  @Field(() => String, { description: "Detached JWS over `content`." })
  jws!: string;

  @Field(() => String, { description: "The key of the register, a JWK." })
  jwk!: string;

  @Field(() => GraphQLDateTime, { nullable: true })
  keyRevokedAt!: Date | null;
}

@Inaccessible()
@ObjectType("DoorWarrant")
export class DoorWarrant {
  @Field(() => ID)
  id!: string;

  @Field(() => WarrantKindEnum)
  kind!: WarrantKind;

  @Field(() => WarrantStatusEnum, { description: "With expiry applied at the moment of the answer." })
  status!: WarrantStatus;

  @Field(() => Boolean, { description: "Whether what is decided on is what `contentHash` covers." })
  asIssued!: boolean;

  @Field(() => String)
  contentHash!: string;

  @Field(() => ID)
  authorityId!: string;

  @Field(() => AuthorityKindEnum)
  authorityKind!: AuthorityKind;

  @Field(() => AuthorityKindEnum, { nullable: true })
  validatingAuthorityKind!: AuthorityKind | null;

  @Field(() => GraphQLCountryCode)
  country!: string;

  @Field(() => String)
  platform!: string;

  @Field(() => ID)
  caseId!: string;

  @Field(() => [DataCategoryEnum])
  categories!: DataCategory[];

  @Field(() => [String])
  offenceCodes!: string[];

  @Field(() => Boolean)
  committedOnline!: boolean;

  @Field(() => GraphQLCountryCode, { nullable: true })
  offenceCountry!: string | null;

  @Field(() => Boolean)
  solePurposeIdentification!: boolean;

  @Field(() => Boolean)
  emergency!: boolean;

  @Field(() => GraphQLDateTime, { nullable: true })
  issuedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  periodFrom!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  periodTo!: Date | null;

  @Field(() => [DoorTarget])
  targets!: DoorTarget[];

  @Field(() => [DoorItem])
  items!: DoorItem[];

  @Field(() => String, { description: "The canonical text that contentHash and signatures cover." })
  content!: string;

  @Field(() => [DoorSignature], { description: "Of the issuing and the validating authority, where they signed." })
  signatures!: DoorSignature[];

  @Field(() => Boolean, { description: "An authority that had keys when it acted did not sign." })
  unsigned!: boolean;
}
