package page

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestPerMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := Options{}.PerMinute(5)
		taken := func(key string) (n int) {
			for range 20 {
				if l.Take(key) {
					n++
				}
			}
			return n
		}
		for _, step := range []struct {
			after time.Duration
			key   string
			want  int
		}{{0, "ines", 5}, {0, "mei", 5}, {11 * time.Second, "ines", 0}, {time.Second, "ines", 1}, {time.Hour, "ines", 5}} {
			time.Sleep(step.after)
			if got := taken(step.key); got != step.want {
				t.Errorf("%s later, %s has %d uses, want %d", step.after, step.key, got, step.want)
			}
		}
	})
}

func TestLimiterForgets(t *testing.T) {
	l := Options{}.PerMinute(1).(perMinute)
	for i := range keysKnown + 10 {
		l.Take(strconv.Itoa(i))
	}
	if got := l.byKey.Len(); got != keysKnown {
		t.Errorf("%d keys are known, want %d", got, keysKnown)
	}
}

func TestUnlimited(t *testing.T) {
	l := Options{Unlimited: true}.PerMinute(1)
	for n := range 3 {
		if !l.Take("ines") {
			t.Errorf("use %d is refused", n+1)
		}
	}
}
