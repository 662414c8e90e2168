package access

// Who is who, or what, invokes a function.
type Who struct {
	Name    string // of a principal, or a description; empty: Anyone or Request says it
	Request string // method and path that a route lets in
	API     string // of Request
	Channel string // to which anyone may write
	Anyone  bool
}

// String returns the text for people.
func (w Who) String() string {
	switch {
	case w.Anyone && w.Request != "":
		return "anyone, with requests to " + w.request()
	case w.Anyone && w.Channel != "":
		return "anyone, by writing to " + w.Channel
	}
	return w.subject()
}

// MarshalText returns String.
func (w Who) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// subject returns the text without how anyone does it.
func (w Who) subject() string {
	switch {
	case w.Anyone:
		return "anyone"
	case w.Request != "":
		return "requests to " + w.request()
	}
	return w.Name
}

// request returns a route with its API.
func (w Who) request() string { return w.Request + " of " + w.API }
