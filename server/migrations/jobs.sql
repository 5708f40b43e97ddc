-- Runs as rainmaker_jobs, who owns the queue: the one way in for the server, which may not touch its tables.
create or replace function app.enqueue(task text, payload json, job_key text, run_at timestamptz) returns bigint
  language sql security definer set search_path = pg_catalog, pg_temp as
$$ select (graphile_worker.add_job(task, payload, job_key => job_key, run_at => run_at)).id $$;
revoke all on function app.enqueue(text, json, text, timestamptz) from public;
grant execute on function app.enqueue(text, json, text, timestamptz) to rainmaker_app;

-- Jobs of one queue run one after another.
create or replace function app.enqueue_in_turn(task text, payload json, job_key text, queue text) returns bigint
  language sql security definer set search_path = pg_catalog, pg_temp as
$$ select (graphile_worker.add_job(task, payload, queue_name => queue, job_key => job_key)).id $$;
revoke all on function app.enqueue_in_turn(text, json, text, text) from public;
grant execute on function app.enqueue_in_turn(text, json, text, text) to rainmaker_app;
