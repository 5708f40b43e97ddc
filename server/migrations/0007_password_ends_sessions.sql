-- A changed password ends the account's sessions in its other organizations too: door.set_password does it.
grant update on session to rainmaker_definer;
drop function if exists door.sessions_of_account(uuid);
drop function if exists door.set_password(uuid, text, timestamptz);
