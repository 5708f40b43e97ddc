-- Indexes for readers that went through more than they showed.

-- What a payment earned nobody, beside the postings, newest first.
create index commission_absence_by_time on commission_absence (organization_id, recorded_at desc, id desc);
create index commission_absence_by_owner_time on commission_absence (organization_id, owner_id, recorded_at desc, id desc);
create index ledger_txn_by_owner_time on ledger_txn (organization_id, owner_id, posted_at desc, id desc);

-- An import is its person's alone.
create index import_by_owner_time on import (organization_id, owner_id, created_at desc, id desc);
