import { describe, expect, test } from "@jest/globals";
import { isObjectType, print, printType } from "graphql";
import { composedWith, halfSchema } from "./fixtures/composed.js";
import { type Edits, platformSpeaksPublic } from "./fixtures/plant.js";

const facts = "jurisdiction { providerCountry residence nationality locatedIn protectedRole }";

/** Directives of a field or type of a half, as written. */
function directivesOf(edits: Edits, half: string, type: string, field?: string): readonly string[] {
  const found = halfSchema(composedWith(edits), half).getType(type);
  const node =
    field === undefined ? found?.astNode : isObjectType(found) ? found.getFields()[field]?.astNode : undefined;
  return node?.directives?.map(print) ?? [];
}

function typesOf(edits: Edits, half: string): readonly string[] {
  return Object.keys(halfSchema(composedWith(edits), half).getTypeMap()).filter((name) => !name.startsWith("__"));
}

function fieldsOf(edits: Edits, half: string, type: string): readonly string[] {
  const found = halfSchema(composedWith(edits), half).getType(type);
  return found && "getFields" in found ? Object.keys(found.getFields()) : [];
}

describe("the public half", () => {
  test("has everything but the marked fields and what only they lead to", () => {
    expect(fieldsOf({}, "platform", "User")).toEqual([
      "id",
      "platform",
      "handle",
      "displayName",
      "createdAt",
      "posts",
      "jurisdiction",
    ]);
    expect(fieldsOf({}, "platform", "Post")).toEqual([
      "id",
      "url",
      "author",
      "body",
      "language",
      "publishedAt",
      "removedAt",
    ]);
    const types = typesOf({}, "platform");
    for (const hidden of ["IpAddress", "Session", "Message", "MessageConnection", "EmailAddress", "IP"])
      expect(types).not.toContain(hidden);
  });

  test("does not know the directive", () => {
    expect(composedWith().halves.find((half) => half.name === "platform")?.sdl).not.toContain("@identity");
  });

  test("is the whole subgraph where nothing is marked", () => {
    const graph = composedWith();
    expect(graph.halves.map(({ name, service, identity }) => [name, service, identity])).toEqual([
      ["audit", "audit", false],
      ["justice", "justice", false],
      ["platform", "platform", false],
      ["platform_identity", "platform", true],
      ["treaty", "treaty", false],
      ["gateway_roots", null, false],
    ]);
  });
});

describe("the identity half", () => {
  test("has no root, so that only _entities leads into it", () => {
    const types = typesOf({}, "platform_identity");
    for (const root of ["Query", "Mutation", "Subscription"]) expect(types).not.toContain(root);
  });

  test("has of an entity its key, its marked fields and its facts, which it requires", () => {
    expect(fieldsOf({}, "platform_identity", "User")).toEqual([
      "id",
      "legalName",
      "email",
      "dateOfBirth",
      "ipAddresses",
      "sessions",
      "messages",
      "jurisdiction",
    ]);
    expect(directivesOf({}, "platform_identity", "User")).toEqual(['@key(fields: "id")']);
    expect(directivesOf({}, "platform_identity", "User", "jurisdiction")).toEqual(["@external"]);
    expect(directivesOf({}, "platform_identity", "User", "email")).toEqual([
      "@identity(category: SUBSCRIBER)",
      `@requires(fields: "${facts}")`,
    ]);
  });

  test("requires the person that the subject names, with the facts", () => {
    expect(fieldsOf({}, "platform_identity", "Post")).toEqual(["id", "author", "removedBody", "authorIp"]);
    expect(directivesOf({}, "platform_identity", "Post", "author")).toEqual(["@external"]);
    expect(directivesOf({}, "platform_identity", "Post", "authorIp")).toContain(
      `@requires(fields: "author { id ${facts} }")`,
    );
  });

  test("has alone the value types that only marked fields lead to", () => {
    expect(fieldsOf({}, "platform_identity", "Message")).toEqual(["id", "sentAt", "body", "counterpart"]);
    expect(directivesOf({}, "platform_identity", "Message")).toEqual([]);
  });

  test("names every possible person of an abstract subject", () => {
    const edits: Edits = {
      platform: [
        [
          "type User implements Node @key",
          'union Publisher = User | Paper type Paper @key(fields: "id") { id: ID! jurisdiction: Jurisdiction! @inaccessible }\ntype User implements Node @key',
        ],
        [
          "  author: User!\n",
          '  author: User!\n  publisher: Publisher\n  draft: String @identity(category: CONTENT, subject: "publisher")\n',
        ],
      ],
    };
    expect(directivesOf(edits, "platform_identity", "Post", "draft")).toContain(
      `@requires(fields: "publisher { __typename ... on User { id ${facts} } ... on Paper { id ${facts} } }")`,
    );
    expect(directivesOf(edits, "platform_identity", "Paper")).toEqual(['@key(fields: "id", resolvable: false)']);
    expect(directivesOf(edits, "platform_identity", "Paper", "jurisdiction")).toEqual(["@external"]);
  });
});

describe("a type of both halves", () => {
  const device: Edits = {
    platform: [
      ...platformSpeaksPublic,
      ["type User implements Node @key", "type Device { ip: IpAddress } type User implements Node @key"],
      [
        "  author: User!\n",
        '  author: User!\n  lastIp: IpAddress @public(reason: "the office it was sent from")\n  device(near: Near): Device @identity(category: TRAFFIC, subject: "author")\n',
      ],
      ["enum TargetKind", "enum Grade { FAR NEAR } input Near { grade: Grade }\nenum TargetKind"],
    ],
  };

  test("is shareable in both where it is a value", () => {
    expect(directivesOf(device, "platform", "IpAddress")).toEqual(["@shareable"]);
    expect(directivesOf(device, "platform_identity", "IpAddress")).toEqual(["@shareable"]);
    expect(directivesOf(device, "platform_identity", "Device")).toEqual([]);
    expect(directivesOf({}, "platform_identity", "PageInfo")).toEqual(["@shareable"]);
  });

  test("what is public in writing stays with its subgraph: no half and no supergraph repeats it", () => {
    const graph = composedWith(device);
    for (const { sdl } of graph.halves) expect(sdl).not.toContain("@public");
    expect(graph.supergraphSdl).not.toContain("@public");
    expect(directivesOf(device, "platform", "Post", "lastIp")).toEqual([]);
  });

  test("is copied where it is an enum, an input or a scalar, and left where only the identity half needs it", () => {
    expect(typesOf(device, "platform_identity")).toEqual(
      expect.arrayContaining(["Near", "Grade", "DateTime", "CountryCode", "DataCategory"]),
    );
    expect(typesOf(device, "platform")).toEqual(expect.arrayContaining(["IP", "Port", "DateTime"]));
    expect(typesOf(device, "platform")).not.toContain("Grade");
  });

  test("is a stub in the identity half where it is an entity without marks", () => {
    const edits: Edits = {
      platform: [
        [
          "type User implements Node @key",
          'type Group @key(fields: "id") { id: ID! name: String! members: [User!]! } type User implements Node @key',
        ],
        ["body: String! counterpart: User!", "body: String! counterpart: User! group: Group"],
        ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  group(id: ID!): Group\n"],
      ],
    };
    expect(fieldsOf(edits, "platform_identity", "Group")).toEqual(["id"]);
    expect(directivesOf(edits, "platform_identity", "Group")).toEqual(['@key(fields: "id", resolvable: false)']);
    expect(fieldsOf(edits, "platform", "Group")).toEqual(["id", "name", "members"]);
  });

  test("is pulled in as a member of a union or interface that a marked field returns", () => {
    const edits: Edits = {
      platform: [
        [
          "type User implements Node @key",
          "union Contact = Phone | User type Phone { number: String } type User implements Node @key",
        ],
        [
          "  author: User!\n",
          '  author: User!\n  contact: Contact @identity(category: CONTENT, subject: "author")\n  shown: Node @identity(category: CONTENT, subject: "author")\n',
        ],
      ],
    };
    const half = halfSchema(composedWith(edits), "platform_identity");
    expect(printType(half.getType("Contact") as never)).toBe("union Contact = Phone | User");
    expect(typesOf(edits, "platform")).not.toContain("Contact");
    expect(fieldsOf(edits, "platform_identity", "Node")).toEqual(["id"]);
    expect(printType(half.getType("Post") as never)).toMatch(/^type Post implements Node \{/);
  });
});

describe("an interface that exposes identity data", () => {
  const account: Edits = {
    platform: [
      [
        "type User implements Node @key",
        'interface Account { id: ID! handle: String! email: EmailAddress } type Org implements Account @key(fields: "id") { id: ID! handle: String! owner: User email: EmailAddress @identity(category: SUBSCRIBER, subject: "owner") }\ntype User implements Node & Account @key',
      ],
      ["  post(id: ID!): Post\n", "  post(id: ID!): Post\n  account(id: ID!): Account\n"],
    ],
  };

  test("is split along with its implementations", () => {
    expect(fieldsOf(account, "platform", "Account")).toEqual(["id", "handle"]);
    expect(fieldsOf(account, "platform", "Org")).toEqual(["id", "handle", "owner"]);
    expect(fieldsOf(account, "platform_identity", "Account")).toEqual(["id", "email"]);
    expect(fieldsOf(account, "platform_identity", "Org")).toEqual(["id", "owner", "email"]);
    expect(printType(halfSchema(composedWith(account), "platform_identity").getType("User") as never)).toMatch(
      /^type User implements Account \{/,
    );
  });
});

describe("the catalog", () => {
  test("lists every marked field with what the door needs to know of it", () => {
    const { identityFields } = composedWith();
    expect(identityFields.map((field) => field.coordinate)).toEqual([
      "User.legalName",
      "User.email",
      "User.dateOfBirth",
      "User.ipAddresses",
      "User.sessions",
      "User.messages",
      "Post.removedBody",
      "Post.authorIp",
    ]);
    expect(identityFields.at(-1)).toEqual({
      coordinate: "Post.authorIp",
      type: "Post",
      field: "authorIp",
      category: "USER_IDENTIFICATION",
      subjectPath: ["author"],
      at: "seenAt",
      half: "platform_identity",
    });
  });
});
