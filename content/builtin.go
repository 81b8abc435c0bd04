package content

import (
	"bytes"
	_ "embed"

	"plumbline/assessment"
)

//go:embed azure-ai-workload.yaml
var builtin []byte

//go:embed questionnaire.schema.json
var schema []byte

// Builtin returns the questionnaire for AI workloads on Azure.
func Builtin() (*assessment.Questionnaire, error) {
	return ReadQuestionnaire("azure-ai-workload.yaml", bytes.NewReader(builtin))
}

// BuiltinFile returns the file of the built-in questionnaire as it was written.
func BuiltinFile() []byte { return bytes.Clone(builtin) }

// Schema returns the JSON Schema (2020-12) of questionnaire files.
func Schema() []byte { return bytes.Clone(schema) }
