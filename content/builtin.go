package content

import (
	"bytes"
	_ "embed"

	"plumbline/assessment"
)

//go:embed azure-ai-workload.yaml
var builtin []byte

// BuiltinSHA256 is the SHA-256 of the canonical JSON of the built-in questionnaire, by which an installation finds the
// one that it stores. To know it saves each start from reading the file; a test says what it must be.
const BuiltinSHA256 = "ff87d66f1914c369870d6c641a993b85791c6e1db98993883b87f970d71190db"

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
