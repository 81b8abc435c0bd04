package templates

// Names of parameters and fields that several pages have.
const (
	FieldDo      = "do"
	FieldTeam    = "team"
	FieldRequest = "request" // of a form that makes something once
	DoEnable     = "enable"

	ParamPillar   = "pillar"
	ParamSearch   = "q"
	ParamSeverity = "severity"
	ParamTeam     = "team"
)
