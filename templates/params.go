package templates

// Names of parameters and fields that several pages have.
const (
	FieldDo      = "do"
	FieldTeam    = "team"
	FieldRequest = "request" // of a form that makes something once
	FieldTheme   = "theme"
	FieldBack    = "back" // of a form that returns to the page it was sent from
	DoEnable     = "enable"

	ParamPillar   = "pillar"
	ParamSearch   = "q"
	ParamSeverity = "severity"
	ParamTeam     = "team"
)
