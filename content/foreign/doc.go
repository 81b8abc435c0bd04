// Package foreign is what the importers of other formats share: it reads JSON and YAML files into one tree whose values
// know their line and column, collects what is lost on the way to a questionnaire, and makes texts, addresses and ids
// that a questionnaire can hold. It knows none of the formats.
package foreign
