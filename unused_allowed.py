# What vulture takes for dead and is not (`make check`): used by a library, by a reader of JSON, or by tests.
# Written as vulture does it: a name or attribute here counts as used.

_._get_relevant_documents  # langchain's base class calls it
_.run_manager
_.preprocess  # sentence-transformers calls these of a module
_.forward
_.get_embedding_dimension
_.save
_.model_config  # pydantic
_._no_history
cls
_.standalone_question  # fields that readers of JSON use
_.format
_.created
_.is_ask  # a key of the flow's state
health  # FastAPI calls the functions of its routes
_.request
_.ARGUMENTS_PANEL_TITLE  # typer and rich read these
_.OPTIONS_PANEL_TITLE
_.COMMANDS_PANEL_TITLE
_.ERRORS_PANEL_TITLE
_.DEFAULT_STRING
_.REQUIRED_LONG_STRING
_.RICH_HELP
_.help
_.overflow
_.justify
_.show_footer
_.no_wrap
_.traceback  # a context manager is told of it
count_tokens  # used by tests alone, of the warehouse
_.figures_of_row
write_warehouse
_.op  # the tag by which pydantic tells the nodes of a query apart
_.over
query_of  # readers of queries other than the rules use it
_.fact_id  # fields of the facts table
_.trust
_.is_recognised
_.elapsed_ms
_.author  # openpyxl and python-docx write these into their files
_.page_height
_.page_width
_.bottom_margin
_.top_margin
_.left_margin
_.right_margin
_.space_after
_.space_before
_.base_style
_.rgb
_.line_spacing
_.line_spacing_rule
_.freeze_panes
_.fitToHeight
_.orientation
_.pageSetUpPr
_.quotePrefix
pack  # routes and tools
packs
docs
_.meaning  # a template reads these
_.is_free
page_image
evidence
chart

# A field of the written questions that is only checked.
voice
_.intra_op_num_threads  # settings of onnxruntime
_.log_severity_level
_.doc_string  # a field of ONNX files
