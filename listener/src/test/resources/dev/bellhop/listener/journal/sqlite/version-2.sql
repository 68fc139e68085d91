PRAGMA user_version=2;
BEGIN TRANSACTION;
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  deliveries INTEGER NOT NULL,
  id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  headers TEXT NOT NULL,
  deflated INTEGER NOT NULL,
  size INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  body BLOB NOT NULL);
INSERT INTO event VALUES(1,1,'019ca945-0a00-73f5-a95d-db0f7d090c94',1772366400000,'POST','/','{"X-Github-Event":["push"]}',1,1011,-1796902549,X'ab562a49ad2851b2524ac9cf4b55182546c360341d0ceb6ca0540b00');
INSERT INTO event VALUES(2,1,'019ca945-0a00-7c7d-85e0-06caeebd6912',1772366400000,'POST','/','{"X-Github-Event":["push"]}',0,18,-1404799251,X'7b2274657874223a2270656e64696e67227d');
CREATE TABLE delivery(
  seq INTEGER PRIMARY KEY,
  event INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  tenant TEXT NOT NULL,
  trigger_name TEXT NOT NULL,
  trigger_uid TEXT NOT NULL,
  listener_namespace TEXT NOT NULL,
  listener_name TEXT NOT NULL,
  crc INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  due INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  finished_at INTEGER,
  step TEXT,
  why TEXT,
  created TEXT, dedup_key TEXT, dedup_window INTEGER, concurrency_key TEXT, concurrency_policy INTEGER, replay_of TEXT, duplicate_of TEXT, bytes INTEGER NOT NULL DEFAULT 0, requested_by TEXT, standing_crc INTEGER, created_crc INTEGER);
INSERT INTO delivery VALUES(1,1,'019ca945-0a00-73f5-a95d-db0f7d090c94.1','team-b','build','uid-build','bellhop','shared',1564352701,1772366400000,10,0,1,1772366400000,NULL,NULL,'[{"apiVersion":"v1","kind":"Pod","namespace":"team-b","name":"build-1","uid":"u1"}]',NULL,NULL,NULL,NULL,NULL,NULL,568,NULL,-1512586987,1361931285);
INSERT INTO delivery VALUES(2,2,'019ca945-0a00-7c7d-85e0-06caeebd6912.1','team-a','build','uid-build','bellhop','shared',263109578,1772366400000,0,1772366400000,0,NULL,NULL,NULL,NULL,'d1',3600000,'k1',0,NULL,NULL,558,NULL,1464679023,NULL);
CREATE TABLE extension(
  delivery INTEGER PRIMARY KEY,
  json TEXT NOT NULL);
CREATE TABLE failure(
  delivery INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  step TEXT NOT NULL,
  why TEXT NOT NULL, crc INTEGER,
  PRIMARY KEY(delivery, attempt)) WITHOUT ROWID;
CREATE INDEX delivery_by_tenant ON delivery(tenant);
CREATE INDEX delivery_by_trigger ON delivery(tenant, trigger_name);
CREATE INDEX delivery_by_time ON delivery(accepted_at);
CREATE INDEX delivery_unfinished_by_lane ON delivery(trigger_uid, due) WHERE state < 10;
CREATE INDEX delivery_unfinished_by_time ON delivery(accepted_at) WHERE state < 10;
CREATE INDEX delivery_given_up ON delivery(state, tenant) WHERE state > 10;
CREATE INDEX delivery_by_dedup ON delivery(dedup_key, trigger_uid) WHERE dedup_key IS NOT NULL;
CREATE INDEX delivery_by_concurrency ON delivery(trigger_uid, concurrency_key)
  WHERE concurrency_key IS NOT NULL AND state < 10;
CREATE INDEX delivery_replays ON delivery(replay_of) WHERE replay_of IS NOT NULL;
COMMIT;
