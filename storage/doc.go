// Package storage keeps everything in one SQLite database: accounts and sessions, questionnaires, assessments with
// their answers, decisions and plans, an event for each change, snapshots, reports and the links to them, and the audit
// log.
//
// It computes nothing itself: scores, checks and documents come from package assessment. It knows nothing of HTTP, of
// pages and of who may do what.
//
// One process serves a data folder and holds its lock (Open). In it one connection writes, and commits all saves that
// wait at that moment together; a few connections read. Other processes come and go beside it: plumbline user writes
// (OpenBeside), plumbline backup and plumbline doctor read.
//
// So the server remembers the assessments that it has read, until it writes something that they might rest on: no other
// process changes an assessment, its workload or a questionnaire. Accounts, memberships, links and sessions may change
// beside it, and it reads them anew each time.
//
// PostgreSQL takes every statement as it is, but for those in dialect_sqlite.go, and for the schema in the migrations; a
// test holds that. Parameters are numbered $1, $2, … in the order in which a statement first names them, because SQLite
// binds them in that order.
//
// Ids come from package ids. A new table has the team at the front of its primary key and in each of its references, so
// that no row can be reached from another team; a test holds that too.
//
// Each change writes its line of the audit log in its own transaction. Who made it is the actor that a call takes; where
// that is a stranger, it was the person whom the change concerns.
//
// Errors that a person can do something about are *assessment.Error: NotFound, Conflict, VersionRequired, Invalid,
// Unavailable (locked, read-only or closed: try again) and NoSpace (the disk is full).
package storage
