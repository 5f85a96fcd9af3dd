export const { h, render } = preact;
export const { useState, useEffect, useRef } = preactHooks;
