// Package storage keeps everything in one SQLite database: accounts and sessions, questionnaires, assessments with
// their answers, decisions and plans, an event for each change, snapshots, reports and the links to them, and the audit
// log.
//
// It computes nothing itself: scores, checks and documents come from package assessment. It knows nothing of HTTP, of
// pages and of who may do what.
//
// One process owns a data folder. In it one connection writes, and commits all saves that wait at that moment
// together; a few connections read. Assessments that were read are remembered until something is written that they
// might rest on: nobody else changes them, since what operators do beside a server concerns accounts only.
//
// SQL is written so that PostgreSQL understands it too, and what only SQLite understands is in dialect_sqlite.go and in
// the migrations. Parameters are numbered $1, $2, … in the order in which a statement first names them, because SQLite
// binds them in that order.
//
// Each change writes its line of the audit log in its own transaction. Who made it is the actor that a call takes; a call
// that takes none asks the context (WithActor), and without one it was the person whom it concerns.
//
// Errors that a person can do something about are *assessment.Error: NotFound, Conflict, VersionRequired, Invalid,
// Unavailable (locked, read-only or closed: try again) and NoSpace (the disk is full).
package storage
