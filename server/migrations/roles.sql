-- Roles of the cluster, made once before the first migration; run again harmlessly on every migration.
-- rainmaker_app      the server signs in as this: owns nothing, row-level security always holds for it
-- rainmaker_jobs     owns the job queue's schema and nothing else
-- rainmaker_definer  owns the doors across organizations; nobody signs in as it, and it does not bypass row-level security
do $$
declare
  wanted text;
begin
  -- Several databases of one cluster migrate at once in tests; roles belong to the cluster.
  perform pg_advisory_xact_lock(727001);
  foreach wanted in array array['rainmaker_app login', 'rainmaker_jobs login', 'rainmaker_definer nologin'] loop
    if not exists (select from pg_roles where rolname = split_part(wanted, ' ', 1)) then
      execute format('create role %I %s nosuperuser nocreatedb nocreaterole noinherit', split_part(wanted, ' ', 1), split_part(wanted, ' ', 2));
    end if;
  end loop;
  if not pg_has_role(current_user, 'rainmaker_definer', 'member') then
    grant rainmaker_definer to current_user;
  end if;
  if not pg_has_role(current_user, 'rainmaker_jobs', 'member') then
    grant rainmaker_jobs to current_user;
  end if;
end
$$;
