package page

import "testing"

func TestRecentKeepsWhatWasUsedLast(t *testing.T) {
	r := NewRecent[string, int](2)
	for i, step := range []struct {
		key  string
		want int // 0 where it is not kept; then the number of the step is
	}{{"a", 0}, {"b", 0}, {"a", 1}, {"c", 0}, {"a", 1}, {"b", 0}, {"c", 0}, {"b", 6}} {
		got, ok := r.Find(step.key)
		if ok != (step.want > 0) || got != step.want {
			t.Errorf("step %d: %s is %d, %v, want %d", i+1, step.key, got, ok, step.want)
		}
		if !ok {
			r.Keep(step.key, i+1)
		}
	}
}
