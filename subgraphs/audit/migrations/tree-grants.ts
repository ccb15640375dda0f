/** The roles' rights on the tree: the integrator grows it, the auditor reads it, the gateway has none. */
export const treeGrants = `
do $$
begin
  grant select, insert, update on audit.audit_tile to rogatory_log_integrator;
  grant select, insert on audit.audit_checkpoint, audit.audit_cosignature, audit.audit_export to rogatory_log_integrator;
  grant select, insert, delete on audit.audit_system_entry to rogatory_log_integrator;
  grant select on all tables in schema audit to rogatory_log_auditor;
exception when undefined_object then
  raise warning 'the roles of the access log are not there: rights are not divided';
end $$;`;
