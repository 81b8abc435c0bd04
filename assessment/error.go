package assessment

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of failure an Error is; the web maps each to one HTTP status.
type Code string

// The codes.
const (
	Invalid         Code = "invalid"          // the input breaks a rule; Field says where
	Unauthenticated Code = "unauthenticated"  // nobody is signed in
	Forbidden       Code = "forbidden"        // somebody is, who may not
	NotFound        Code = "not_found"        // there is no such thing for this person
	Conflict        Code = "conflict"         // it has changed in the meantime
	VersionRequired Code = "version_required" // a save that does not say which version it saw
	TooLarge        Code = "too_large"        // the input is larger than the limit
	TooMany         Code = "too_many"         // asked too often
	Unavailable     Code = "unavailable"      // not now: locked, full or busy
	NoSpace         Code = "no_space"         // the disk is full
	Internal        Code = "internal"         // a fault of ours
)

// Error is a failure with a code and a message written for the person who reads it.
type Error struct {
	Code    Code
	Field   string // name of the form field, empty where no single one is to blame
	Message string
	Err     error // what caused it, for the log; may be nil
}

// Error returns the message, with the field and the cause where there are any.
func (e *Error) Error() string {
	s := e.Message
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an Error of the code with a formatted message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap returns an Error of the code that was caused by err; message is for the person.
func Wrap(code Code, err error, message string) *Error {
	return &Error{Code: code, Message: message, Err: err}
}

// InvalidField returns an Error that blames one field of a form.
func InvalidField(field, message string) *Error {
	return &Error{Code: Invalid, Field: field, Message: message}
}

// CodeOf returns the code of the first Error in err's chain, Internal for any other error, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if errs, ok := errors.AsType[Errors](err); ok && len(errs) > 0 {
		return errs[0].Code
	}
	return Internal
}

// Errors is every complaint about one input, in the order of its fields.
type Errors []*Error

// Error returns all messages, one a line.
func (e Errors) Error() string {
	var s strings.Builder
	for i, one := range e {
		if i > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(one.Error())
	}
	return s.String()
}

// Err returns e as an error, nil where it is empty.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// On returns the message about a field, empty if there is none.
func (e Errors) On(field string) string {
	for _, one := range e {
		if one.Field == field {
			return one.Message
		}
	}
	return ""
}
