// Package assessment is the domain of Plumbline: questionnaires, answers, scores as intervals, tradeoffs in
// three-valued logic, improvement plans, snapshots and what changed between two of them.
//
// It is pure: it reads no clock, no file, no context and no database, and imports the standard library only.
package assessment
