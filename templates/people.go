package templates

const (
	DoEnable = "enable"
)
