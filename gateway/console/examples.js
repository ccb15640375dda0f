/** What the console offers to try: each user's first questions, with the demo data's own ids. */
export const examples = [
  {
    name: "Anybody: a public profile and its posts",
    query: `query Profile($handle: String!) {
  userByHandle(platform: "FACEBOOK", handle: $handle) {
    id
    displayName
    posts(first: 3) { nodes { id url body publishedAt } }
  }
}`,
    variables: { handle: "quiet.heron" },
  },
  {
    name: "Judge: what may I ask? (nothing is fetched)",
    query: `query Preview($input: PreviewInput!) {
  preview(input: $input) {
    addressee { name country }
    decisions { category permitted code reason deadlineHours rule { id } }
  }
}`,
    variables: {
      input: {
        platform: "FACEBOOK",
        offenceCodes: ["FR-1881-24"],
        committedOnline: true,
        offenceCountry: "FR",
        categories: ["SUBSCRIBER", "USER_IDENTIFICATION", "TRAFFIC", "CONTENT"],
        believed: { residence: "FR" },
      },
    },
  },
  {
    name: "Judge or provider: the warrants I may see",
    query: `query Warrants {
  warrants(first: 10) {
    nodes { id status kind categories expiresAt targets { kind value account { id handle } } }
  }
}`,
    variables: {},
  },
  {
    name: "Judge: identity data under a warrant",
    query: `query Identity($warrant: ID!, $user: ID!) @warrant(id: $warrant) {
  user(id: $user) {
    handle
    legalName
    email
    phone
    ipAddresses(first: 5) { nodes { address port seenAt } }
    sessions(first: 5) { nodes { address startedAt } }
    messages(first: 5) { nodes { sentAt body } }
  }
}`,
    variables: { warrant: "warrant-fr-quiet-heron", user: "u01" },
  },
  {
    name: "Judge: what would a warrant open? (dry run, nothing is fetched)",
    query: `query DryRun($warrant: ID!, $user: ID!) @warrant(id: $warrant, dryRun: true) {
  user(id: $user) {
    legalName
    ipAddresses(first: 5) { nodes { address } }
    sessions(first: 5) { nodes { address } }
    messages(first: 5) { nodes { body } }
  }
}`,
    variables: { warrant: "warrant-fr-quiet-heron", user: "u01" },
  },
  {
    name: "Judge: who was behind this address?",
    query: `query Search($warrant: ID!, $address: IP!, $port: Port, $from: DateTime!, $to: DateTime!) @warrant(id: $warrant) {
  accountsByIp(address: $address, port: $port, from: $from, to: $to) {
    nodes { id handle profileUrl }
    pageInfo { hasNextPage }
  }
}`,
    variables: {
      warrant: "warrant-fr-address",
      address: "198.51.100.16",
      port: 40100,
      from: "2026-09-02T08:00:00Z",
      to: "2026-09-02T10:00:00Z",
    },
  },
  {
    name: "Provider: my queue, what is due first",
    query: `query Queue {
  warrants(first: 10, orderBy: DEADLINE) {
    nodes {
      id
      status
      kind
      deadlineAt
      deadlineState
      issuingAuthority { name }
      items { nodes { id category status } }
    }
  }
}`,
    variables: {},
  },
  {
    name: "Provider or judge: what changes from now on (a stream)",
    query: `subscription Changes {
  warrantChanged { id status deadlineAt }
}`,
    variables: {},
  },
  {
    name: "Anybody: what does the law say?",
    query: `query Law($question: Question!) {
  decide(question: $question) {
    code
    effect
    permitted
    reason
    rule { id summary }
    nextSteps { kind text }
    citations { title locator }
    ruleBook { version hash }
  }
}`,
    variables: {
      question: {
        requesting: "FR",
        authority: "JUDGE",
        providerCountry: "IE",
        platform: "FACEBOOK",
        category: "SUBSCRIBER",
        offenceCategory: "RACISM_XENOPHOBIA",
        maxCustodialYears: 1,
        committedOnline: true,
        solePurposeIdentification: true,
      },
    },
  },
  {
    name: "Auditor: who saw what, and under which rule",
    query: `query Log {
  accessLog(first: 10) {
    nodes {
      index
      recordedAt
      actor
      role
      operationName
      outcome
      warrant { id }
      subject { id handle }
      fields { field permitted code rule { id } }
    }
  }
}`,
    variables: {},
  },
  {
    name: "Auditor: was anything disclosed without a warrant? (none is the evidence)",
    query: `query Check($check: AuditCheck!) {
  auditCheck(check: $check, first: 10) {
    treeSize
    nodes { at text record { index } }
  }
}`,
    variables: { check: "DISCLOSED_WITHOUT_USABLE_WARRANT" },
  },
  {
    name: "Auditor: the log, live (a stream)",
    query: `subscription Tail {
  accessLogAppended { index recordedAt actor role outcome warrant { id } fields { field permitted code } }
}`,
    variables: {},
  },
];
