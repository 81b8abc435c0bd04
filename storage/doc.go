// Package storage keeps everything in one SQLite database: accounts and sessions, questionnaires, assessments with
// their answers, decisions and plans, an event for each change, snapshots and reports.
//
// It computes nothing itself: scores, checks and documents come from package assessment. It knows nothing of HTTP, of
// pages and of who may do what.
//
// One process owns a data folder. In it one goroutine writes, on one connection, and commits all saves that wait at
// that moment together; a few connections read. SQL is written so that PostgreSQL understands it too, and what only
// SQLite understands is in dialect_sqlite.go and in the migrations. Parameters are numbered $1, $2, … in the order
// in which a statement first names them, because SQLite binds them in that order.
//
// Errors that a person can do something about are *assessment.Error: NotFound, Conflict, VersionRequired, Invalid,
// Unavailable (locked, read-only or closed: try again) and NoSpace (the disk is full).
package storage
