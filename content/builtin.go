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
const BuiltinSHA256 = "091c995553fc32aa1c426c63370a408ac931a4a1d6321b8a8d3f72be9f843c7c"

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
