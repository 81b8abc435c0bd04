package assessment

// Listed returns the list, empty instead of nil: JSON then says [] and not null.
func Listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// OrNil returns nil for an empty list, so that one without anything in it is equal to one that never had.
func OrNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
