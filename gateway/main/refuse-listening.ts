import { SettingsError } from "./settings.js";

/** Where a process was told to listen. */
interface Place {
  readonly host: string;
  readonly port: number;
}

/** What a failure to listen there means: SettingsError where HOST or PORT names what this machine does not have or give; the failure itself otherwise. */
export function refuseListening({ host, port }: Place, fault: unknown): unknown {
  const { code, syscall } = fault as NodeJS.ErrnoException;
  if (syscall === "getaddrinfo" || code === "EADDRNOTAVAIL" || code === "EINVAL")
    return new SettingsError([
      `HOST: ${host} is no address of this machine (${code}); expected one such as 127.0.0.1, or 0.0.0.0 for every one it has`,
    ]);
  if (code === "EACCES")
    return new SettingsError([`PORT: this process may not listen on port ${port} (EACCES); expected one from 1024`]);
  return fault;
}
