package templates

// FilterChoice is one list to filter by.
type FilterChoice struct {
	Name    string // of the parameter
	Label   string
	All     string // what the first choice says, which filters nothing
	Options []Option
}

// Option is one entry of a list to choose from.
type Option struct {
	Value  string
	Title  string
	Chosen bool
}
