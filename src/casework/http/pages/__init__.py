"""HTML pages for officers and residents, without scripts."""
