PRAGMA user_version=1;
BEGIN TRANSACTION;
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
  created TEXT);
INSERT INTO "delivery" VALUES(1,1,'019ca945-0a00-7069-9972-ed824d5c610e.1','team-a','build','uid-build','bellhop','shared',1246534685,1772366400000,10,0,1,1772366400000,NULL,NULL,'[{"apiVersion":"v1","kind":"Pod","namespace":"team-a","name":"build-1","uid":"u1"}]');
INSERT INTO "delivery" VALUES(2,2,'019ca945-0a00-7f6d-a6f5-3b6d86d709fa.1','team-a','test','uid-test','bellhop','shared',-339340203,1772366400000,11,0,2,1772366400000,'act','forbidden',NULL);
INSERT INTO "delivery" VALUES(3,3,'019ca945-0a00-7636-a0ef-e5e663d2018d.1','team-b','build','uid-build','bellhop','shared',-1138758031,1772366400000,1,1772366430000,1,NULL,'act','busy',NULL);
INSERT INTO "delivery" VALUES(4,4,'019ca945-0a00-7855-b1d5-63df21ef7878.1','team-a','build','uid-build','bellhop','shared',-1006843378,1772366400000,0,1772366400000,0,NULL,NULL,NULL,NULL);
INSERT INTO "delivery" VALUES(5,4,'019ca945-0a00-7855-b1d5-63df21ef7878.2','team-b','build','uid-build','bellhop','shared',1181060707,1772366400000,0,1772366400000,0,NULL,NULL,NULL,NULL);
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
INSERT INTO "event" VALUES(1,1,'019ca945-0a00-7069-9972-ed824d5c610e',1772366400000,'POST','/','{"X-Github-Event":["push"]}',1,1011,-1451461822,X'AB562A49AD2851B2524AC9CF4B55182546C360341D0CEB6CA0540B00');
INSERT INTO "event" VALUES(2,1,'019ca945-0a00-7f6d-a6f5-3b6d86d709fa',1772366400000,'POST','/','{"X-Github-Event":["push"]}',0,15,-1814062679,X'7B2274657874223A2264656164227D');
INSERT INTO "event" VALUES(3,1,'019ca945-0a00-7636-a0ef-e5e663d2018d',1772366400000,'POST','/','{"X-Github-Event":["push"]}',0,19,-425203051,X'7B2274657874223A227265747279696E67227D');
INSERT INTO "event" VALUES(4,2,'019ca945-0a00-7855-b1d5-63df21ef7878',1772366400000,'POST','/','{"X-Github-Event":["push"]}',0,18,-163611984,X'7B2274657874223A2270656E64696E67227D');
CREATE TABLE extension(
  delivery INTEGER PRIMARY KEY,
  json TEXT NOT NULL);
INSERT INTO "extension" VALUES(4,'{"a":1}');
CREATE TABLE failure(
  delivery INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  step TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY(delivery, attempt)) WITHOUT ROWID;
INSERT INTO "failure" VALUES(2,1,1772366400000,1772366400000,'act','busy');
INSERT INTO "failure" VALUES(2,2,1772366400000,1772366400000,'act','forbidden');
INSERT INTO "failure" VALUES(3,1,1772366400000,1772366400000,'act','busy');
CREATE INDEX delivery_by_tenant ON delivery(tenant);
CREATE INDEX delivery_unfinished ON delivery(tenant, due, accepted_at) WHERE state < 10;
CREATE INDEX delivery_given_up ON delivery(state) WHERE state > 10;
COMMIT;