import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { LogLevel } from "../../../schema/ledger/vocabulary.js";
import { GraphQLDateTime, GraphQLSafeInt } from "../../kit/scalars.js";
import { AccessRecord } from "../entities/access-record.js";
import { LogLevelEnum } from "../words.js";

/** What the log has committed itself to. */
@ObjectType("Checkpoint", {
  simpleResolvers: true,
  description: "The signed state of the log: its first `size` leaves.",
})
export class Checkpoint {
  @Field(() => String, { description: "Name of the log, and of its key." })
  origin!: string;

  @Field(() => GraphQLSafeInt)
  size!: number;

  @Field(() => String, { description: "Root of the RFC 6962 tree over the leaves; hex." })
  rootHash!: string;

  @Field(() => String, {
    description: "C2SP signed checkpoint: the log's signature, and those of the witnesses so far.",
  })
  note!: string;

  @Field(() => GraphQLDateTime)
  at!: Date;

  @Field(() => String, {
    description:
      "The log's public key as `name+id+base64`, for any verifier of signed notes. Compare it with one that came another way.",
  })
  verifierKey!: string;
}

@ObjectType("InclusionProof", { simpleResolvers: true, description: "That a leaf stands in the tree of a checkpoint." })
export class InclusionProof {
  @Field(() => GraphQLSafeInt)
  index!: number;

  @Field(() => GraphQLSafeInt)
  treeSize!: number;

  @Field(() => [String], { description: "From the leaf to the root, nearest first (RFC 6962, 2.1.1); hex." })
  hashes!: string[];
}

@ObjectType("ConsistencyProof", { simpleResolvers: true, description: "That a later log is an earlier one, longer." })
export class ConsistencyProof {
  @Field(() => GraphQLSafeInt)
  from!: number;

  @Field(() => GraphQLSafeInt)
  to!: number;

  @Field(() => [String], { description: "RFC 6962, 2.1.2; hex. None where both are one." })
  hashes!: string[];
}

/** A receipt as an answer carries it. */
@InputType("ReceiptInput", { description: "A receipt as it stands in `extensions.disclosure.receipts`." })
export class ReceiptInput {
  @Field(() => String)
  leafHash!: string;

  @Field(() => String)
  writer!: string;

  @Field(() => GraphQLSafeInt)
  batch!: number;

  @Field(() => Int)
  ordinal!: number;

  @Field(() => [String])
  path!: string[];

  @Field(() => String)
  signature!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Leaves in the batch. Without it the signature is checked against the log's own batch.",
  })
  size?: number | null;

  @Field(() => String, { nullable: true, description: "Hash of the batch before; as `size`." })
  previous?: string | null;
}

@ObjectType("ReceiptStatus", { simpleResolvers: true, description: "What became of a receipt's promise." })
export class ReceiptStatus {
  @Field(() => Boolean, { description: "Whether the writer it names signed a batch with this leaf at this place." })
  signatureValid!: boolean;

  @Field(() => Boolean, { description: "Whether that writer is one of this log's." })
  writerKnown!: boolean;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: "Where the leaf stands in the log; null while it is not integrated.",
  })
  index!: number | null;

  @Field(() => LogLevelEnum, {
    nullable: true,
    description:
      "Null: the log has no such leaf at that place. With a valid signature of a known writer that proves a deletion.",
  })
  level!: LogLevel | null;

  @Field(() => AccessRecord, { nullable: true, description: "Null where it is none of your scope." })
  record!: AccessRecord | null;

  @Field(() => InclusionProof, { nullable: true, description: "In the latest checkpoint." })
  proof!: InclusionProof | null;
}

@ObjectType("LogHealth", { simpleResolvers: true, description: "How the log stands." })
export class LogHealth {
  @Field(() => GraphQLSafeInt, { description: "Leaves in the latest checkpoint." })
  size!: number;

  @Field(() => GraphQLSafeInt, { description: "Leaves that can be searched." })
  searchableSize!: number;

  @Field(() => GraphQLSafeInt, {
    description: "Leaves below this index are past retention: their hashes and proofs are there, they are not.",
  })
  minimumIndex!: number;

  @Field(() => Int, { description: "How long the oldest record in the latest checkpoint had waited for it." })
  lagMs!: number;

  @Field(() => Int, {
    description: "Age of the oldest record that is in no checkpoint yet; from 10,000 on nothing is disclosed.",
  })
  oldestPendingMs!: number;

  @Field(() => Int, { description: "Times in which a writer could not record; nothing was disclosed in them." })
  gaps!: number;

  @Field(() => Int, { nullable: true, description: "Since a witness last signed; null where none ever did." })
  witnessAgeSeconds!: number | null;

  @Field(() => String, { nullable: true, description: "Why integration stands still; null: it does not." })
  fault!: string | null;
}
