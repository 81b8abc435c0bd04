package templates

// Names of parameters and fields that several pages have.
const (
	FieldDo   = "do"
	FieldTeam = "team"
	DoEnable  = "enable"

	ParamPillar   = "pillar"
	ParamSearch   = "q"
	ParamSeverity = "severity"
	ParamTeam     = "team"
)
