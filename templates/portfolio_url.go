package templates

// Names of the parameters of the portfolio's address.
const (
	ParamSearch = "q"
)
