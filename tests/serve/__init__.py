"""The server and the site, tested as their users meet them: real processes, sockets and browsers."""
