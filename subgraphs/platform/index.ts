import type { SubgraphDefinition } from "../kit/subgraph.js";
import { IpAddress } from "./entities/ip-address.js";
import { Message } from "./entities/message.js";
import { Post } from "./entities/post.js";
import { PreservedData } from "./entities/preserved-data.js";
import { Session } from "./entities/session.js";
import { User } from "./entities/user.js";
import { loadAccounts } from "./load-accounts.js";
import { CreatePlatform } from "./migrations/create-platform.js";
import { FindByAddress } from "./migrations/find-by-address.js";
import { FindByReach } from "./migrations/find-by-reach.js";
import { PreserveData } from "./migrations/preserve-data.js";
import { references } from "./references.js";
import { MessageFields } from "./resolvers/message-fields.js";
import { NamedAccounts } from "./resolvers/named-accounts.js";
import { PostFields } from "./resolvers/post-fields.js";
import { Preservation, PreservedDataFields } from "./resolvers/preservation.js";
import { Queries } from "./resolvers/queries.js";
import { TargetFields } from "./resolvers/target-fields.js";
import { UserFields } from "./resolvers/user-fields.js";
import { Establishment } from "./types/platform.js";
import { AuthorityStub, CaseStub, ObligationStub, WarrantItemStub, WarrantStub } from "./types/stubs.js";
import { WarrantTarget } from "./types/warrant-target.js";

export { seedUsers } from "./seed-users.js";

/**
 * The platform subgraph: people, what they said in public, and what the platform keeps of them. It owns the facts of jurisdiction. Which of
 * its fields are identity data is said in the entities by `@Identity`, and nowhere else.
 */
export const platform: SubgraphDefinition = {
  name: "platform",
  entities: [User, Post, IpAddress, Session, Message, PreservedData],
  migrations: [
    { name: "001-create-platform", class: CreatePlatform },
    { name: "002-find-by-address", class: FindByAddress },
    { name: "003-find-by-reach", class: FindByReach },
    { name: "004-preserve-data", class: PreserveData },
  ],
  resolvers: [
    Queries,
    NamedAccounts,
    UserFields,
    PostFields,
    MessageFields,
    TargetFields,
    Preservation,
    PreservedDataFields,
  ],
  orphanedTypes: [
    User,
    Post,
    WarrantTarget,
    Establishment,
    CaseStub,
    WarrantStub,
    WarrantItemStub,
    ObligationStub,
    AuthorityStub,
  ],
  references,
  loadBase: loadAccounts,
};
