/**
 * Three roles, of which each can do its own work and nothing else: the gateway inserts, the integrator numbers and fills the projection, the auditor
 * reads; UPDATE, DELETE and TRUNCATE of the log for nobody. They belong to the whole server, so they may be there already, and where the migrating role
 * may not make them the log works without: the server's log says so.
 */
export const grants = `
do $$
declare
  wanted text;
begin
  foreach wanted in array array['rogatory_log_writer', 'rogatory_log_integrator', 'rogatory_log_auditor'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
      if not pg_has_role(current_user, wanted, 'MEMBER') then
        execute format('grant %I to current_user', wanted);
      end if;
    exception when insufficient_privilege or duplicate_object or unique_violation then
      raise warning 'role % was not made or granted by this migration: %', wanted, sqlerrm;
    end;
  end loop;
  begin
    grant usage on schema audit to rogatory_log_writer, rogatory_log_integrator, rogatory_log_auditor;
    grant insert (writer, seq, previous, root, hash, signature, bundle, leaves) on audit.audit_batch to rogatory_log_writer;
    grant insert on audit.audit_opening to rogatory_log_writer;
    grant select, update (first_index) on audit.audit_batch to rogatory_log_integrator;
    grant select on audit.audit_opening to rogatory_log_integrator;
    grant select, insert, update on audit.audit_writer, audit.audit_head to rogatory_log_integrator;
    grant select, insert, update, delete on audit.audit_entry, audit.audit_entry_field to rogatory_log_integrator;
    grant select on all tables in schema audit to rogatory_log_auditor;
  exception when undefined_object then
    raise warning 'the roles of the access log are not there: rights are not divided';
  end;
end $$;`;
