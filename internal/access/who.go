package access

// Who is who, or what, invokes a function.
type Who struct {
	Name    string // of a principal, or a description; empty: Anyone or Request says it
	Request string // method and path that a route lets in
	API     string // of Request
	Channel string // that it writes to
	Anyone  bool
}

// String returns the text for people.
func (w Who) String() string {
	if w.Anyone && w.Request != "" {
		return "anyone, with requests to " + w.request()
	}
	return w.subject() + w.byWriting()
}

// byWriting returns how a caller invokes the function by writing to a channel.
func (w Who) byWriting() string {
	if w.Channel == "" {
		return ""
	}
	return ", by writing to " + w.Channel
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
