package assessment

import "testing"

func TestPrioritiesEqual(t *testing.T) {
	tests := []struct {
		a, b Priorities
		want bool
	}{
		{nil, Priorities{}, true},
		{Priorities{"security": 1}, nil, true},
		{Priorities{"security": 2}, Priorities{"security": 2, "cost": 1}, true},
		{Priorities{"security": 2}, Priorities{"security": 2, "cost": 0}, false},
		{Priorities{"security": 2}, Priorities{"cost": 2}, false},
	}
	for _, tt := range tests {
		if tt.a.Equal(tt.b) != tt.want || tt.b.Equal(tt.a) != tt.want {
			t.Errorf("%v equal to %v: got %t and %t, want %t", tt.a, tt.b, tt.a.Equal(tt.b), tt.b.Equal(tt.a), tt.want)
		}
	}
}
