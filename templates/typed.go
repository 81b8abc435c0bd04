package templates

// TypedView is what became of a form whose session had ended, on the page that its person comes back to.
type TypedView struct {
	Lost   bool // it is not kept any more
	Found  bool // it is in its form on the page
	Action string
	Fields []SentField
	Left   []SentField // for which the form has no place
	Files  []string    // to be chosen again
}

// CarriedForm is a form whose session has ended, on the page that asks to sign in.
type CarriedForm struct {
	Fields   []SentField // hidden ones that carry it
	Files    []string    // to be chosen again
	TooLarge bool        // nothing is carried
}
