-- Sign-in: before it, nobody knows which organization is asking.

create or replace function door.account_by_email(wanted text)
  returns table (account_id uuid, password_hash text, is_super_admin boolean, first_name text, last_name text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select id, password_hash, is_super_admin, first_name, last_name from account where email = wanted $$;

create or replace function door.memberships(wanted uuid)
  returns table (organization_id uuid, member_id uuid, name text, slug text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  select m.organization_id, m.id, o.name, o.slug from member m join organization o on o.id = m.organization_id
  where m.account_id = wanted and m.status = 'active' order by o.name, o.id
$$;

create or replace function door.create_account(new_id uuid, new_email text, hash text, first text, last text, at timestamptz)
  returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as
$$
begin
  insert into account (id, email, password_hash, first_name, last_name, created_at, password_changed_at)
  values (new_id, new_email, hash, first, last, at, at) on conflict (email) do nothing;
  return found;
end
$$;

-- The account's sessions in its other organizations end with the password; in its own, the caller ends and logs them.
create or replace function door.set_password(wanted uuid, hash text, at timestamptz, own_organization uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as
$$
  update account set password_hash = hash, password_changed_at = at where id = wanted;
  update session set ended_at = at, end_reason = 'password_changed'
  where account_id = wanted and ended_at is null and organization_id <> own_organization
$$;

create or replace function door.password_hash(wanted uuid) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select password_hash from account where id = wanted $$;

create or replace function door.slug_taken(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select exists (select from organization where slug = wanted) $$;

-- One failed attempt. Returns until when the key is locked, or null. Counts start anew after the window.
create or replace function door.count_sign_in_failure(wanted text, at timestamptz, window_seconds integer, allowed integer, lock_seconds integer)
  returns timestamptz language sql security definer set search_path = pg_catalog, public, pg_temp as
$$
  insert into sign_in_throttle as t (key, failures, window_started_at) values (wanted, 1, at)
  on conflict (key) do update set
    failures = case when t.window_started_at < at - make_interval(secs => window_seconds) then 1 else t.failures + 1 end,
    window_started_at = case when t.window_started_at < at - make_interval(secs => window_seconds) then at else t.window_started_at end,
    locked_until = case when t.window_started_at >= at - make_interval(secs => window_seconds) and t.failures + 1 >= allowed
      then at + make_interval(secs => lock_seconds) end
  returning locked_until
$$;

create or replace function door.sign_in_locked_until(keys text[], at timestamptz) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select max(locked_until) from sign_in_throttle where key = any (keys) and locked_until > at $$;

create or replace function door.forget_sign_in_failures(wanted text) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as
$$ delete from sign_in_throttle where key = wanted $$;

-- Made by the command line only; the server never calls it.
create or replace function door.create_super_admin(new_id uuid, new_email text, hash text, first text, last text, at timestamptz)
  returns void language sql security definer set search_path = pg_catalog, public, pg_temp as
$$
  insert into account (id, email, password_hash, first_name, last_name, is_super_admin, created_at, password_changed_at)
  values (new_id, new_email, hash, first, last, true, at, at)
$$;
