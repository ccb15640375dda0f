import { describe, expect, test } from "@jest/globals";
import { canonicalIp, readIpEndpoint } from "../../schema/ip-address.js";

describe("one address has one text", () => {
  test.each([
    ["192.0.2.2", "192.0.2.2"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["::ffff:192.0.2.2", "192.0.2.2"],
    ["::ffff:c000:202", "192.0.2.2"],
    ["0:0:0:0:0:FFFF:C000:0202", "192.0.2.2"],
    ["::ffff:0.0.0.1", "0.0.0.1"],
    ["::1", "::1"],
  ])("%s is %s", (written, canonical) => {
    expect(canonicalIp(written)).toBe(canonical);
  });

  test.each([
    "",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.02",
    "0xc0.0.2.2",
    "3221225986",
    "192.0.2.2/32",
    "fe80::1%eth0",
    "::g",
    "[::1]",
    "192.0.2.2 ",
  ])("%j is none", (text) => {
    expect(canonicalIp(text)).toBeNull();
  });
});

describe("an address with a source port", () => {
  test.each<[string, string, number | null]>([
    ["203.0.113.7", "203.0.113.7", null],
    ["203.0.113.7:40100", "203.0.113.7", 40_100],
    ["2001:db8::1", "2001:db8::1", null],
    ["[2001:DB8::1]:40100", "2001:db8::1", 40_100],
    ["[::ffff:203.0.113.7]:1", "203.0.113.7", 1],
    ["203.0.113.7:65535", "203.0.113.7", 65_535],
  ])("%s", (text, address, port) => {
    expect(readIpEndpoint(text)).toEqual({ address, port });
  });

  test.each([
    "203.0.113.7:0",
    "203.0.113.7:65536",
    "203.0.113.7:",
    "203.0.113.7:080",
    "[203.0.113.7]:80",
    "2001:db8::1]:80",
    "[2001:db8::1]",
    "[2001:db8::1]:",
    "host:80",
  ])("%j is none", (text) => {
    expect(readIpEndpoint(text)).toBeNull();
  });
});
