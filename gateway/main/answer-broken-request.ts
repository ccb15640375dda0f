import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { apiHeaders } from "../respond/security-headers.js";
import { limits } from "./limits.js";

/**
 * Answers bytes that are no request, or none within so many milliseconds, with a GraphQL error body, and closes the connection. The codes are Node's own.
 */
export function answerBrokenRequest(receiveMs: number) {
  const faults: Readonly<Record<string, { readonly status: number; readonly message: string }>> = {
    HPE_HEADER_OVERFLOW: {
      status: 431,
      message: `Address and headers are too long: at most ${limits.headerBytes} bytes together.`,
    },
    ERR_HTTP_REQUEST_TIMEOUT: {
      status: 408,
      message: `The request did not come in time: expected all of it within ${receiveMs / 1000} seconds.`,
    },
  };
  return ({ code }: { readonly code?: string }, socket: Socket): void => {
    if (code === "ECONNRESET" || !socket.writable) socket.destroy();
    else socket.end(print(faults[code ?? ""] ?? noHttp));
  };
}

const noHttp = { status: 400, message: "The request is not well formed: expected HTTP/1.1." };

function print({ status, message }: { readonly status: number; readonly message: string }): string {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] });
  const headers = {
    ...apiHeaders,
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
