package main

import "testing"

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"":                                 "",
		"https://Reviews.Example.com/":     "https://reviews.example.com",
		"https://reviews.example.com:443":  "https://reviews.example.com",
		"http://reviews.example.com:80/":   "http://reviews.example.com",
		"https://reviews.example.com:8443": "https://reviews.example.com:8443",
		"http://reviews.example.com:443":   "http://reviews.example.com:443",
	} {
		s := settings{URL: address}
		if got := s.origin(); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
