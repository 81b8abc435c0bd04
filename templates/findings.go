package templates

// Names of the parameters of the findings' address.
const (
	ParamPillar   = "pillar"
	ParamSeverity = "severity"
)
