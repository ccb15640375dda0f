import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { enumOf } from "../../kit/enums.js";
import { loadEntity } from "../../kit/load-entity.js";
import type { SubgraphContext } from "../../kit/subgraph.js";
import { Authority } from "../entities/authority.js";
import { Warrant } from "../entities/warrant.js";
import type { ExportedWarrant } from "../interchange/exported-warrant.js";
import { toEpocForm } from "../interchange/to-epoc-form.js";
import { toTs103120 } from "../interchange/to-ts-103-120.js";
import { askingOf, itemsOf, targetsOf } from "../load.js";
import { itemStatusAt, statusAt } from "../status-at.js";

const formats = ["TS_103_120", "EPOC_FORM"] as const;
type InterchangeFormat = (typeof formats)[number];
const InterchangeFormatEnum: { readonly [word in InterchangeFormat]: word } = enumOf(
  "InterchangeFormat",
  formats,
  "TS_103_120: objects of the ETSI warrant information interface. EPOC_FORM: the sections of the certificate of a European order. Neither was checked against the standard's text.",
);

@Resolver(() => Warrant)
export class InterchangeFields {
  @FieldResolver(() => String, {
    description: "The warrant for another system, as JSON text, with the signed original byte for byte.",
  })
  async interchange(
    @Root() warrant: Warrant,
    @Ctx() context: SubgraphContext,
    @Arg("format", () => InterchangeFormatEnum) format: InterchangeFormat,
  ): Promise<string> {
    const now = context.clock();
    const exported = await exportedWarrant(context, warrant, now);
    return JSON.stringify(format === "EPOC_FORM" ? toEpocForm(exported) : toTs103120(exported, now));
  }
}

async function exportedWarrant(context: SubgraphContext, warrant: Warrant, now: Date): Promise<ExportedWarrant> {
  const { validatingAuthorityId } = warrant;
  const [asking, validating, targets, items] = await Promise.all([
    askingOf(context, warrant, now),
    validatingAuthorityId === null ? null : loadEntity(context, Authority, validatingAuthorityId),
    targetsOf(context, warrant),
    itemsOf(context, warrant),
  ]);
  return {
    ...{ warrant, case: asking.case, issuing: asking.authority, validating, targets },
    status: statusAt(warrant, now),
    items: items.map((item) => ({ ...item, status: itemStatusAt(item, warrant, now) })),
  };
}
