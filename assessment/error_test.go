package assessment

import (
	"errors"
	"fmt"
	"testing"
)

func TestCodeOf(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want Code
	}{
		{"nil", nil, ""},
		{"plain", errors.New("disk"), Internal},
		{"wrapped", fmt.Errorf("save: %w", Errorf(NotFound, "no workload")), NotFound},
		{"several", fmt.Errorf("save: %w", Errors{InvalidField("name", "is needed")}), Invalid},
		{"conflict", &AnswerConflict{Practice: "x"}, Conflict},
	}
	for _, tt := range tests {
		if got := CodeOf(tt.err); got != tt.want {
			t.Errorf("%s: CodeOf = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestErrorTexts(t *testing.T) {
	cause := errors.New("EOF")
	err := Errors{InvalidField("name", "is needed"), Wrap(Invalid, cause, "the file is cut off")}
	if got, want := err.Error(), "name: is needed\nthe file is cut off: EOF"; got != want {
		t.Errorf("Error = %q, want %q", got, want)
	}
	if !errors.Is(err[1], cause) || err.On("name") != "is needed" || err.On("title") != "" || Errors(nil).Err() != nil {
		t.Error("errors lose what caused them")
	}
}
