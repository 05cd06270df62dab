all:
	@echo later
