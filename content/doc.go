// Package content is the questionnaire as a file: the built-in one, the reader of YAML and JSON that reports every
// error with its place, the writer, the JSON Schema kept beside them, and the reader of answers files.
//
// It knows how things are spelled, not what follows from them: scores and states are package assessment's.
package content
