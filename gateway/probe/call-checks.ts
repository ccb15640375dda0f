import { type Check, rightDraft } from "./check.js";
import { tokenFaults } from "./token-faults.js";

/** No call without a call token: not even open data, whatever grant comes with it. */
export const callChecks: readonly Check[] = [
  {
    name: "call-missing",
    sentence: "a call without a call token, and _service without one",
    drafts: (context) => [
      { ...rightDraft(context), call: null, permitted: [], refusedWhole: true },
      {
        body: { query: "{ _service { sdl } }", variables: {} },
        call: null,
        grant: null,
        permitted: [],
        refusedWhole: true,
      },
    ],
  },
  {
    name: "call-is-a-grant",
    sentence: "a grant in place of a call token, and a call by the name of one",
    drafts(context) {
      const draft = rightDraft(context);
      const named = { ...draft.call, kind: "grant" as const };
      return [draft.grant, named].map((call) => ({ ...draft, call, permitted: [], refusedWhole: true as const }));
    },
  },
  ...tokenFaults.map(
    ({ name, sentence, tokens }): Check => ({
      name: `call-${name}`,
      sentence: `a call token ${sentence}`,
      drafts(context) {
        const draft = rightDraft(context);
        const { probed } = context;
        return tokens(draft.call, probed.now(), probed.foreignKid).map((call) => ({
          ...draft,
          call,
          permitted: [],
          refusedWhole: true,
        }));
      },
    }),
  ),
];
