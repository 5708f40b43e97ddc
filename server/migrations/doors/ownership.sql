-- Applied after the doors: all of them belong to the role that bypasses nothing, and only the server may call them.
do $$
declare
  door regprocedure;
begin
  for door in select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'door' loop
    execute format('alter function %s owner to rainmaker_definer', door);
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to rainmaker_app', door);
  end loop;
end
$$;
