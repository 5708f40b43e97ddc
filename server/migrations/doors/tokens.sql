-- A refresh cookie and an invitation link name their organization only by the secret they carry.

create or replace function door.refresh_token_owner(hash bytea) returns table (organization_id uuid, token_id uuid, session_id uuid, member_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  select t.organization_id, t.id, t.session_id, s.member_id
  from refresh_token t join session s on s.organization_id = t.organization_id and s.id = t.session_id
  where t.token_hash = hash
$$;

create or replace function door.invitation_owner(hash bytea) returns table (organization_id uuid, invitation_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select organization_id, id from invitation where token_hash = hash $$;
