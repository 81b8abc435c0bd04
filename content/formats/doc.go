// Package formats is the list of the formats that a questionnaire can be read from: our own, and those of others, each
// of which has a package of its own. It must not know where a file comes from or what happens to the questionnaire.
package formats
