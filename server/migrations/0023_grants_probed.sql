-- Whether a record is shared with somebody is looked up by its id, row by row, and then who it is shared with. "offset 0"
-- forbids the planner to collect all grants of everybody in sight first: it estimates a handful, and a manager of 500
-- has 150,000.

create or replace procedure app.scope_by_owner(target regclass, entity text, grants boolean default false) language plpgsql as
$$
declare
  granted text := '';
begin
  if grants then
    granted := format(
      ' or exists (select from record_grant g where g.organization_id = (select app.organization_id()) and g.entity = %L and g.record_id = %s.id '
      'and exists (select from visible_owner v where v.organization_id = (select app.organization_id()) '
      'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%L)) and v.owner_id = g.member_id offset 0) offset 0)', entity, target, entity);
  end if;
  execute format(
    'create policy scope on %s as restrictive for select to rainmaker_app using ((select app.reach(%L)) = ''all'' or owner_id in '
    '(select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%L)))%s)', target, entity, entity, granted);
end
$$;

create or replace procedure app.scope_child(target regclass, entity text, parent_column text) language plpgsql as
$$
begin
  execute format(
    'create policy scope on %1$s as restrictive for select to rainmaker_app using ((select app.reach(%2$L)) = ''all'' or owner_id in '
    '(select v.owner_id from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%2$L))) '
    'or exists (select from record_grant g where g.organization_id = (select app.organization_id()) and g.entity = %2$L and g.record_id = %1$s.%3$I '
    'and exists (select from visible_owner v where v.organization_id = (select app.organization_id()) '
    'and v.member_id = (select app.member_id()) and v.reach = (select app.reach(%2$L)) and v.owner_id = g.member_id offset 0) offset 0))', target, entity, parent_column);
end
$$;

drop policy scope on customer;
call app.scope_by_owner('customer', 'customer', true);
drop policy scope on contact;
call app.scope_by_owner('contact', 'contact', true);
drop policy scope on interaction;
call app.scope_by_owner('interaction', 'interaction', true);
drop policy scope on contact_customer;
call app.scope_child('contact_customer', 'contact', 'contact_id');
drop policy scope on contact_point;
call app.scope_child('contact_point', 'contact', 'contact_id');
drop policy scope on interaction_participant;
call app.scope_child('interaction_participant', 'interaction', 'interaction_id');
