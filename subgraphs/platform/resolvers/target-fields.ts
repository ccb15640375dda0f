import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { User } from "../entities/user.js";
import { findAuthorOf, findUserByHandle } from "../find-account.js";
import { WarrantTarget } from "../types/warrant-target.js";

@Resolver(() => WarrantTarget)
export class TargetFields {
  @FieldResolver(() => User, {
    nullable: true,
    description:
      "Null for EMAIL, PHONE and IP_ADDRESS, since who owns these is identity data, and where the account is not known.",
  })
  async account(@Root() target: WarrantTarget, @Ctx() context: SubgraphContext): Promise<User | null> {
    const user = await accountOf(target, context);
    return user?.platform === target.platform ? user : null;
  }
}

async function accountOf({ platform, kind, value }: WarrantTarget, context: SubgraphContext): Promise<User | null> {
  switch (kind) {
    case "ACCOUNT_ID":
      return loadEntity(context, User, value);
    case "HANDLE":
      return findUserByHandle(context, platform, value);
    case "POST_URL":
      return URL.canParse(value) ? findAuthorOf(context, new URL(value).toString()) : null;
    case "EMAIL":
    case "PHONE":
    case "IP_ADDRESS":
      return null;
  }
}
